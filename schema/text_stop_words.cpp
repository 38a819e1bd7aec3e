// Words too common to rank by, in the folded form of Token::term. Left out on purpose: words that
// are also names or matter in the news ("us" is U.S., French "ete" is summer), since a wrong stop
// word hides articles while a missing one only costs time.
#include "schema/text_stop_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_set>

#include "schema/text.h"

namespace broadsheet {
namespace {

struct StopList {
  std::string_view language;
  std::string_view words;  // separated by single spaces
};

constexpr StopList kStopLists[] = {
    {"ar",
     "من في علي الي عن ان انه انها هذا هذه ذلك تلك التي الذي الذين هو هي هم هما نحن انت انا "
     "كان كانت يكون تكون قد لقد ما لا لم لن او ثم بل كل بعد قبل بين مع عند منذ حتي كما لكن "
     "اذا حيث وقد وفي ومن وهو وهي الا اي فيه فيها عليه عليها منه منها به بها له لها لهم هناك "
     "ايضا غير بعض خلال حول فقد وكان وكانت وان"},
    {"ca",
     "a al als amb abans aixo alguna algunes alguns alla aqui aquell aquella aquelles "
     "aquells aquest aquesta aquestes aquests cada com contra d de del dels des despres dins "
     "doncs durant el ell ella elles ells els em en encara entre era eren es esta estan "
     "estava et fins ha han has havia hi ho i ja jo l la les li llavors lo mai mateix me "
     "mentre mes meu molt molta molts nosaltres ni no nostre o on pel pels per pero perque "
     "poc que qual quan qui s se sense seu seva seves si sobre sota son tambe tan tant te "
     "teu tot tota totes tots un una unes uns us va van vosaltres"},
    {"da",
     "ad af aldrig alle alt altid anden andet andre at bare begge blev blive bliver da de dem "
     "den denne der deres det dette dig din disse dog du efter eller en end endnu er et far "
     "fik for fordi fra gennem gor ham han hans har havde have hele hende hendes her hos hun "
     "hvad hvem hver hvis hvor hvordan hvornar i igen ikke ind ingen intet ja jeg jer jo kan "
     "kom kommer kunne lad man mange med meget mellem men mens mere mig min mod naar ned nej "
     "nogen noget nogle nok nu og ogsa om op os over pa sa samme samt sig sin sine sit skal "
     "skulle som ud uden under vaere vaeret var ved vi vil ville vor vores"},
    {"de",
     "aber alle allem allen aller alles als also am an ander andere anderem anderen anderer "
     "anderes auch auf aus bei beim bin bis bist da dabei dadurch dafur damit danach dann "
     "daran darauf daraus darin daruber darum das dass dazu dein deine dem den denn der deren "
     "des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch eben "
     "ein eine einem einen einer eines einige einigen er es etwa etwas euch euer eure fur "
     "gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre "
     "ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jedoch jene "
     "jenem jenen jener kann kein keine keinem keinen keiner konnen konnte konnten machen man "
     "manche mein meine mich mir mit muss mussen musste nach nachdem nicht nichts noch nun nur "
     "ob oder ohne schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so "
     "sogar solche soll sollen sollte sondern sonst sowie uber um und uns unser unsere unter "
     "vom von vor wahrend war waren warum was weil weiter welche welchem welchen welcher wenn "
     "wer werde werden wie wieder wir wird wo wobei wollen wollte wurde wurden zu zum zur zwar "
     "zwischen"},
    {"en",
     "a about above after again against all also although am among an and any are aren't as at "
     "be because been before being below between both but by came can can't cannot could "
     "couldn't did didn't do does doesn't doing don't done down during each either else even "
     "ever few for from further get gets got had hadn't has hasn't have haven't having he he'd "
     "he'll he's her here here's hers herself him himself his how how's however i i'd i'll i'm "
     "i've if in into is isn't it it'd it'll it's its itself just least less let's made many "
     "me might more most much must my myself neither no nor not now of off often on once only "
     "onto or other others ought our ours out over own per perhaps rather really s said same say "
     "says shall she she'd she'll she's should shouldn't since so some still such than that "
     "that's the their theirs them themselves then there there's therefore these they they'd "
     "they'll they're they've this those though through thus to too toward under until unto up "
     "upon very via was wasn't we we'd we'll we're we've were weren't what what's when where "
     "whether which while who who's whom whose why will with within without won't would "
     "wouldn't yet you you'd you'll you're you've your yours yourself"},
    {"es",
     "a ademas al algo algun alguna algunas alguno algunos ambos ante antes aquel aquella "
     "aquello aquellos asi aun aunque bajo bien cada casi como con contra cual cuales cuando "
     "cuanto de del desde donde durante e el ella ellas ello ellos en entre era eran eres es "
     "esa esas ese eso esos esta estaba estaban estado estan estar estas este esto estos estoy "
     "fue fueron ha haber habia habian hace hacia han has hasta hay he hemos la las le les lo "
     "los mas me mi mientras mis mucho muchos muy nada ni no nos nosotros nuestra nuestro o os "
     "otra otras otro otros para pero poco por porque pues que quien quienes se sea segun ser "
     "si sido sin sino sobre sois somos son soy su sus tal tambien tampoco tan tanto te tenia "
     "tiene tienen toda todas todavia todo todos tras tu tus un una unas uno unos usted "
     "ustedes y ya yo"},
    {"eu",
     "al ala anitz arabera asko aurka aurrera baina baino bait bakarrik bat bati batean "
     "batek batzuk beraz bere berriz beste bezala bi bitartean da dago daude den denak dira "
     "ditu du dute edo egin ere eta ez gabe gero gu guztiak hain han hau hauek hemen hori "
     "horiek horrela hura inguru izan kontra nahiz ni noiz nola non nor oso ordea orain zein "
     "zen zer zergatik zu zuen"},
    {"fi",
     "ei eika eivat ela eli elle en enaa enemman ennen enta eras etta ette han hanen hanet he "
     "heidan heita hyvin ilman itse ja jalkeen jo joita joka jokainen joko jolla jonka jos "
     "joskus jossa josta jota jotain jotka jotta kaikki kaikkien kanssa kautta keita kenen "
     "koko koska kuin kuinka kuitenkin kuka kun kuten kylla lahes lisaksi me meidan meita mika "
     "mikaan mikali milla millainen milloin mina minka minun minut missa mista mita mitaan "
     "miten mitka mukaan mutta muu muut myos ne niiden niin niissa niista niita noin nuo nyt "
     "olemme olen olet olette oli olisi olivat olla olleet ollut on ovat paitsi pitaa se sen "
     "siella sielta siina siis siita sille sina sinun sita sitten taas tai tama taman tanne "
     "tassa tasta tata te teidan tuo tuon vaan vai vaikka vain vasta viela voi voidaan voivat "
     "yli"},
    {"fr",
     "a afin ai ainsi alors apres au aucun aucune aujourd'hui auquel aussi autre autres aux "
     "avaient avait avant avec avoir c car ce ceci cela celle celles celui cependant ces cet "
     "cette ceux chaque chez ci comme comment contre d dans de depuis des desormais donc dont "
     "du elle elles en encore entre es est et etaient etait etant etc etre eu eux faire furent "
     "fut hors il ils j je jusqu l la laquelle le lequel les lesquels leur leurs lors lorsqu "
     "lorsque lui m ma mais malgre me meme memes mes moi moins mon n ne ni non nos notre nous "
     "on ont ou outre par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi puis "
     "puisqu puisque qu quand que quel quelle quelles quelque quelques quels qui quoi s sa "
     "sans se selon sera serait ses si soit son sont sous sur t ta tandis tant te tel telle "
     "tels tes toi ton tous tout toute toutes tres tu un une vers voici voila vos votre vous y"},
    {"ga",
     "a ach ag an ar as ata ba be beidh bhi bhfuil ca chuig cuid da dar de dha do don faoi "
     "fos fuair gach gan go gur i iad idir in ina is le leis liom me mar mo muid na nach ni "
     "nil no nuair o os sa seo se si sibh sin siad sinn sna ta tar trid tu um"},
    {"hu",
     "a abban ahhoz ahogy ahol aki akik akkor alatt altal altalaban amely amelyek amelyet "
     "ami amig amikor annak arra az azok azon azonban azt aztan azzal azert be belul benne "
     "csak de e ebben eddig egesz egy egyeb egyes egyetlen egyik egyre ekkor el eleg ellen "
     "elott elobb en ennek erre ez ezek ezen ezert ezt ezzel fel fele hanem hat hiszen hogy "
     "hogyan igen igy ill illetve ilyen is ismet itt kell keresztul ki kivul kozott kozul le "
     "legyen lehet lenne lett maga magat majd mar mas meg mely melyek mert mi mig miert "
     "mikent minden mindig mint mintha mivel most nagyon ne neha nekem neki nelkul nem nincs "
     "o ok oket olyan ott pedig persze ra s sajat se sem semmi sok sot szamara szemben "
     "szerint szinte talan tehat tovabb tul ugy ugyanis ugyanakkor utan utana vagy vagyis "
     "vala valami valamint van vannak vele vissza viszont volna volt voltak"},
    {"hy",
     "այդ այլ այն այս դու դուք եմ են ենք ես եք է էի էին էինք էիր էիք էր ըստ թե ի ին իսկ իր "
     "կամ համար հետ հետո մենք մեջ մի ն նա նաեւ նրա նրանք որ որը որոնք որպես ու ում պիտի վրա "
     "եւ"},
    {"id",
     "ada adalah agar akan aku anda antara apa apabila atau bagi bahwa banyak beberapa belum "
     "bisa bukan dalam dan dari dengan di dia hanya harus hingga ia ini itu juga kami karena "
     "ke kepada ketika kita lagi lebih maka mereka merupakan namun oleh pada para pun saat "
     "saja sangat saya sebagai sebelum sebuah secara sedang sehingga sejak selain seluruh "
     "semua seorang seperti serta setelah setiap sudah telah tentang terhadap tersebut "
     "tetapi tidak untuk yaitu yang"},
    {"it",
     "a ad agl agli ai al all alla alle allo altre altri altro anche ancora avere aveva "
     "avevano avra c che chi ci cio circa coi col come comunque con contro cosa cosi cui d da "
     "dagl dagli dai dal dall dalla dalle dallo de degl degli dei del dell della delle dello "
     "dentro di dopo dove dunque durante e ed era erano essere fa fin fino fra fu furono gia "
     "gli ha hai hanno ho i il in infatti io l la le lei li lo loro lui ma me mentre mi mia "
     "mio molto ne negl negli nei nel nell nella nelle nello no noi non nostra nostro o od "
     "ogni oltre oppure per perche pero piu poco poi prima proprio qual quale quali quando "
     "quanto quell quella quelle quelli quello quest questa queste questi questo qui quindi s "
     "sara se sei sempre senza si sia siamo siano sono sopra sotto stata state stati stato su "
     "sua sue sugli sui sul sull sulla sulle sullo suo suoi tra troppo tu tutta tutte tutti "
     "tutto un una uno v verso vi voi"},
    {"lt",
     "ant apie ar arba as be bei bet bus butu buvo cia dar del dabar gali i ir is iki it ja "
     "jai jais jam jame jei jeigu ji jie jiems jis jo jog joje jos ju juo juos kad kai kaip "
     "kas kiek kur kuri kuria kurie kurio kurios kuris kuriu man manes mes musu nei ne nera "
     "nes nors nuo o pagal pas pat per po prie pries savo su ta tai taip tarp tas tau tave "
     "ten tie tik to todel toks tos tu tuo uz uzu vel vien visi vis yra"},
    {"ne",
     "र को का की मा ले लाई बाट छ छन् हो हुन् थियो थिए पनि यो यस त्यो त्यस म तिमी हामी उनी "
     "उहाँ तर वा नै भने भन्ने गर्न गरेको गरेका भएको भएका अनि कि के कुन जुन सँग तथा एवं लागि "
     "छैन गरी हुने गर्ने"},
    {"nl",
     "aan achter al alle alleen alles als altijd ander andere anders bent beter bij binnen "
     "boven daar daarom dan dat de deze die dit doch doen door dus echter een eens en enkele "
     "er ge gedurende geen geweest haar had hadden heb hebben heeft hem hen het hier hij hoe "
     "hun ieder iedere iemand iets ik in is ja je jij jou jouw jullie kan komen kon konden "
     "kunnen maar mag me meer men met mij mijn moet moeten na naar naast niet niets noch nog "
     "nu of om omdat onder ons onze ook op over reeds sinds slechts soms steeds te tegen ten "
     "ter terwijl tijdens toch toen tot tussen u uit uw van vanaf veel via volgens voor vooral "
     "waar waarom wanneer want waren was wat we weer welke werd werden wie wij wil worden "
     "wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden zowel"},
    {"no",
     "alle allerede alt altsa andre annen at av bare begge ble blei bli blir blitt bort da de "
     "deg dei deim deira dem den denne der dere deres det dette di din disse ditt du eg ein "
     "eit eller en enn enna er et ett etter fa far fikk for fordi fra gjennom gjor ha hadde "
     "han hans har hele hennar henne hennes her hja ho hos hun hva hvem hver hvilke hvilken "
     "hvis hvor hvordan hvorfor i ifolge igjen ikke ikkje ingen inn ja jeg kan kom kommer "
     "korleis kunne kva kvar man mange med meg meget mellom men mens mer mest min mitt mot mye "
     "na nar ned nei noe noen nok noka nokon og ogsa om opp oss over pa sa samme seg selv si "
     "sia sidan siden sin sine sitt skal skulle slik som tidligere til under ut uten vaere "
     "vaert var vart ved vel vi vil ville"},
    {"pt",
     "a ainda alem algum alguma algumas alguns ao aos apenas apos aquela aquele aqueles aquilo "
     "as assim ate cada com como contra cuja cujo da das de dela dele deles depois desde dessa "
     "desse desta deste disso do dos durante e ela elas ele eles em enquanto entao entre era "
     "eram essa essas esse esses esta estao estar estava estavam este estes estou eu faz foi "
     "foram ha havia isso isto ja lhe lhes logo mais mas me mesma mesmo meu meus minha muito "
     "muitos na nao nas nem nenhum nessa nesse nesta neste no nos nossa nosso num numa o onde "
     "os ou outra outras outro outros para pela pelas pelo pelos per perante pois por porem "
     "porque pouco quais qual quando quanto que quem se seja sem sempre sendo ser sera seu "
     "seus si sido so sob sobre somos sua suas tal tambem tanto te tem tendo ter teve tinha "
     "toda todas todo todos tu um uma umas uns vai voce voces"},
    {"ro",
     "a aceasta acea aceea acei aceia acel acela acele acelea acest acesta aceste acestea "
     "acestei acestia acestui acolo acum ai aici al ale alt alta altceva alte alti am ar are "
     "as asa atat atunci au avea avem avut ca cand care carei caruia cat catre ce cea cei "
     "cel cele celor ceva cine cu cum cumva da daca dar de deci deja deoarece desi despre "
     "dintre din dupa e ea ei el ele era este eu eram fara fi fie fiecare fiind foarte fost "
     "iar ii il imi in inainte insa intr intre isi iti la le li lor lui mai mea mei mele meu "
     "mi mult multe multi ne nici nimic niste noastra nostri nostru nu o or ori pana pe "
     "pentru peste poate prin printr sa sai sale sau se si sub sunt suntem tot toata toate "
     "toti totusi tu un una unde unei unele unii unor unui va voi vom vor vreun"},
    {"ru",
     "а без более больше будет будто бы был была были было быть в вам вас весь вдруг ведь во "
     "вот впрочем все всегда всего всех всю вы где да даже для до другой его ее ей ему если "
     "есть еще ж же за зачем здесь и из или им иногда их к как какая какой когда конечно кто "
     "куда ли либо между меня мне много может можно мой моя мы на над надо наконец нас не "
     "него нее ней нельзя нет ни нибудь никогда ним них ничего но ну о об один он она они "
     "оно опять от отчего очень перед по под после потом потому почти при про раз разве с "
     "сам свою себе себя сейчас со совсем так такой там тебя тем теперь то тогда того тоже "
     "только том тот тут ты у уж уже хоть хотя чего чей чем через что чтоб чтобы чуть эти "
     "этих это этого этой этом этот эту я"},
    {"sv",
     "alla allt alltid an andra annan annat att av bara bland blev bli blir blivit da dar "
     "darfor de del dem den denna deras dess dessa det detta dig din dina dit ditt dock du "
     "efter eftersom eller en enligt er era ert ett fa far fick finns for fore fran genom gor "
     "ha hade han hans har hela henne hennes her hon honom hos hur i ifran igen in inga ingen "
     "ingenting inget innan inne inom inte ja jag kan kanske kom kommer kunde lika man manga "
     "med medan mellan men mer mest mig min mina mitt mot mycket nagon nagot nagra nar nej ni "
     "nog nu och ocksa om oss over pa redan sa sadan samma samt sedan sig sin sina sitt ska "
     "skall skulle som till tills trots under upp ur ut utan vad val var vara varfor varit "
     "varje vars vart vem vi vid vilka vilken vilket vill ville"},
    {"ta",
     "ஒரு என்று மற்றும் இந்த இது என்ற கொண்டு என்பது பல ஆகும் அல்லது அவர் நான் உள்ள அந்த இவர் "
     "என முதல் என்ன இருந்து சில என் போன்ற வேண்டும் வந்து இதன் அது அவன் தான் பலரும் என்னும் "
     "மேலும் பின்னர் கொண்ட இருக்கும் தனது உள்ளது போது என்றும் அதன் தன் பிறகு அவர்கள் வரை "
     "அவள் நீ ஆகிய இருந்தது உள்ளன வந்த இருந்த மிகவும் இங்கு மீது ஓர் இவை இந்தக் பற்றி வரும் "
     "வேறு இரு இதில் போல் இப்போது அவரது மட்டும் இந்தப் எனும் மேல் பின் சேர்ந்த ஆகியோர் "
     "எனக்கு இன்னும் அந்தப் அன்று ஒரே மிக அங்கு பல்வேறு விட்டு பெரும் அதை உன் விட"},
    {"tr",
     "acaba ama ancak artik aslinda asla az bana bazi bazilari belki ben benden beni benim "
     "bile bir biraz biri birkac birsey biz bizden bize bizi bizim boyle boylece bu buna "
     "bunda bundan bunlar bunlari bunun burada cok cunku da daha de defa degil diger diye "
     "dolayi dolayisiyla eden eder edilen en fakat gibi gore halen hangi hatta hem henuz hep "
     "hepsi her hicbir icin ile ilgili ise iste itibaren kadar karsin kendi kendine kez ki "
     "kim kime mi mu nasil ne neden nedenle nerde nerede neyse nicin niye o olan olarak oldu "
     "oldugu olmak olmasi olsa olup olur ona ondan onlar onlardan onlari onlarin onu onun "
     "ora oysa pek ragmen sadece sanki sekilde sen senden seni senin sey siz sizden size "
     "sizi sizin sonra su suna sunu tarafindan tum tumu uzere var ve veya ya yani yerine "
     "yine yoksa zaten"},
};

// Stop words elsewhere that are names or matter here: German "war" is English war.
constexpr StopList kContentLists[] = {
    {"de", "all not"},
    {"en",
     "bare bin car come den die door dove due far fire hat man men mine pour sea sin sob sole son "
     "toe van want war"},
    {"es", "once"},
    {"fr", "but or"},
    {"it", "due sale sole"},
    {"nl", "man"},
    {"sv", "man"}};

// The list of one language, cut into words at the first question.
using Words = std::unordered_set<std::string_view>;

Words split(std::string_view list) {
  Words words;
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    words.insert(list.substr(0, space));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
  return words;
}

template <std::size_t N>
std::array<Words, N> split_all(const StopList (&lists)[N]) {
  std::array<Words, N> made;
  for (std::size_t at = 0; at < N; ++at)
    made[at] = split(lists[at].words);
  return made;
}

const StopList* list_of(std::string_view language) {
  // The two written forms of Norwegian share a list.
  if (language == "nb" || language == "nn") language = "no";
  return std::find_if(std::begin(kStopLists), std::end(kStopLists), [&](const StopList& list) {
    return list.language == language;
  });
}

}  // namespace

bool has_stop_words(std::string_view language) {
  return list_of(language) != std::end(kStopLists);
}

bool is_stop_word(std::string_view term, std::string_view language) {
  static const auto sets = split_all(kStopLists);
  const auto* list = list_of(language);
  if (list == std::end(kStopLists)) return false;
  return sets[static_cast<std::size_t>(list - std::begin(kStopLists))].count(term) != 0;
}

bool is_content_word(std::string_view term, std::string_view language) {
  static const auto sets = split_all(kContentLists);
  for (std::size_t at = 0; at < sets.size(); ++at) {
    if (kContentLists[at].language == language) return sets[at].count(term) != 0;
  }
  return false;
}

std::string_view stop_words(std::string_view language) {
  const auto* list = list_of(language);
  return list == std::end(kStopLists) ? std::string_view() : list->words;
}

}  // namespace broadsheet
