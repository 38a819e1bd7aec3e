#!/usr/bin/env bash
# Every night, beside running programs: a backup, a new index, a look at whether all is in it.
#
#   scripts/reindex.sh [--data DIR] [--backups DIR] [--keep N] [--no-backup]
#
# --data DIR     the archive; BROADSHEET_DATA unless told, else broadsheet-data
# --backups DIR  where backups go, a folder for each, named by its time; DATA/backups unless told
# --keep N       backups that stay, 7 unless told; older ones are deleted
# --no-backup    only the index
#
# BROADSHEET_INDEXER names the program. Exit status: that of the first step that failed, as
# broadsheet-indexer gives it; 0 when all went well. What happens goes to standard error. From cron:
#   15 3 * * *  broadsheet  /opt/broadsheet/scripts/reindex.sh --data /var/lib/broadsheet
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

data=${BROADSHEET_DATA:-broadsheet-data}
backups=
keep=7
with_backup=yes
usage() { sed -n '2,14s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
wrong_use() {
  echo "scripts/reindex.sh: $1" >&2
  usage >&2
  exit 2
}
while (($#)); do
  case $1 in
    --data | --backups | --keep)
      (($# > 1)) || wrong_use "$1 needs a value"
      case $1 in
        --data) data=$2 ;;
        --backups) backups=$2 ;;
        --keep) keep=$2 ;;
      esac
      shift
      ;;
    --no-backup) with_backup=no ;;
    -h | --help) usage && exit 0 ;;
    *) wrong_use "unknown word '$1'" ;;
  esac
  shift
done
[[ $keep =~ ^[1-9][0-9]*$ ]] || wrong_use "--keep needs a number from 1"
backups=${backups:-$data/backups}
indexer=${BROADSHEET_INDEXER:-$root/build/release/bin/broadsheet-indexer}
[[ -x $indexer ]] || indexer=broadsheet-indexer

step() {
  echo "$(date -u +%FT%TZ) $1" >&2
  "$indexer" --data "$data" --lock-timeout 600 "$@" >&2
}

if [[ $with_backup == yes ]]; then
  mkdir -p "$backups"
  step backup "$backups/$(date -u +%Y%m%dT%H%M%SZ)"
  # Names sort by time.
  find "$backups" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*T[0-9]*Z' | sort -r |
    tail -n +"$((keep + 1))" | xargs -r -d '\n' rm -rf --
fi
step rebuild
step check
