"""English words that state nothing by themselves, words for one thing, and opposites."""

# Words of grammar.
GRAMMAR = frozenset(
    """
    old a an the and or but if then than so as at by for from in into of on onto off out over per to up upon with via
    until till since during between among against about after before again also anyway both each either else even
    ever few here how however indeed instead it its itself just less like likely many may maybe might more most much
    must my myself near nearly need next now once one ones other others our ours own perhaps please quite rather
    same shall should simply some someone somebody something soon still such sure that their theirs them themselves
    there therefore these they thing things this those though through thus too toward under very was we were what
    whatever when whenever where wherever whether which while who whoever whole whom whose why will would yet you
    your yours yourself us i me he she him her his is are be been being am do does did doing done have has had
    having can could no not nor never none nobody nothing neither cannot without only always hardly unable
    impossible apart excluding except able possible older newer morethan atmost let lets sorry unfortunately
    whichever whoever whomever whenever beforehand afterwards besides nevertheless nonetheless hence thereby whereby
    meanwhile otherwise somewhat altogether aside anyhow despite unlike via beneath beside beyond throughout underneath
    wherein provided albeit thereafter therein henceforth forth far merely solely utterly gonna euro euros dollar
    dollars pound pounds jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)

# Words of grammar, of courtesy and of the conversation, and verbs and adverbs that go with any subject.
LIGHT = GRAMMAR | frozenset(
    """
    able allow allowed appear appears available become becomes begin begins belong bring brings care case cases
    check checked come comes coming complete completely contain contains currently depend depending depends detail
    details directly different easily easy enough exactly example expect fact feel find found following follows
    further furthermore general generally get gets getting give gives given giving go goes going good got great
    happen happened happens help helpful helps hold holds hope however idea important include indeed information
    instead keep kept kind know known last later latest left let lets likely little long longer look looked looking
    looks made mainly make makes making mean means meant meantime mention mentioned moment namely normal normally
    note noted notice number obviously of ok okay old otherwise overall part particular particularly place point
    possible probably provide provided put quickly ready really reason receive received recently record records
    regard regarding related right same say says see seen seems sense set several short show shown shows side simple
    simply single situation slightly small something sometimes sort specific stand stands start started starts state
    stay stays step steps still such take takes taken taking tell thanks thank that think time times today told
    total try tried trying turn type typically understand understandable unfortunately unless use used uses useful
    using usual usually various version want wanted wants way ways well went whole within without word words work
    works worked working worth yes hello hi dear sir madam greetings regards best wishes sincerely cheers welcome
    sorry apologise apologize apologies apology inconvenience trouble annoying annoyed frustrating frustrated
    frustration patience patient appreciate glad happy afraid worry worries question questions answer answers
    answered reply replies respond response message messages mail write writing written wrote contact reach reaching
    touch ask asked asks asking explain explained clear unclear anything everything everyone anyone nothing else
    free hesitate anytime hear heard nice day days week weekend evening morning luck enjoy forward assist assistance
    support here concern concerns interest feedback issue problem problems confusion misunderstanding clarify
    clarification summary overview no not nor never none nobody neither cannot only always minute minutes hour hours
    weeks month months year years second seconds business workday workdays monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december utc am pm usd
    eur gbp all any every first two three four five six seven eight nine ten additional additionally already almost
    alone according actually afterwards ahead along although annual around away back based because bit certain
    certainly change mind choose click open press select enter visit navigate tap follow button page option options
    menu tab section account accounts customer customers company lumen team colleague colleagues person people
    someone workspace atmost morethan older newer request requested requests need needed needs require required
    requires must order end ends ended ending finish finished finishes done until then once apply applies applied
    cover covers covered count counts counted exist exists remain remains remaining run runs running lasts current
    present existing recent new newest another extra higher lower larger smaller big bigger large maximum minimum
    least most up limit limits limited at immediately instantly automatically own itself self
    """.split()
) - frozenset("limit limits automatically include contact call extra version record email".split())

# General verbs, in any of their forms, and nouns for parts of anything.
VERBS = frozenset(
    """
    accept achieve ago agree enter somewhere anywhere weekday offer pending forget restart again took gave went came
    got saw said chose began became brought fell felt grew knew led lay met ran rose sold stood spoke spent thought
    kept paid behave access history future past reference timer moment hurry eye mode switch window outside inside
    gone done log subscribe occupy allowance review flag reset contact process bear debit pull run total recommend
    advise suggest wise capture post mark attempt feature apart reload retry straight forward look refer reply
    remind return request ready simultaneous concurrent sufficient sure permanent temporary exceed complete finish
    begin close open space room capacity remove free up download upload file document page browser device computer
    screen link tab address inbox folder profile setting dashboard product service tool app website site web online
    offline internet money sum balance card bank statement bill fee tax rate price cost value currency cash payment
    time date hour minute today tonight yesterday morning evening afternoon calendar deadline delay schedule period
    person people human user member admin owner colleague team staff agent manager employee organisation organization
    business firm department group client visitor guest viewer editor fall receipt confirmation exact elapse whether
    upon within onwards unsure guide walk instruct add aim announce arrange arrive assume avoid aware carry cause
    combine compare concern confirm consider continue contrast correspond decide describe determine differ discover
    discuss encounter ensure establish experience face fail fill fit force form gain grow guess handle identify
    imagine improve inform intend involve judge lack lead learn list locate maintain manage match meet miss move
    notice obtain occur operate organise organize pass perform pick prefer prepare prevent proceed prove push raise
    reach realise realize recall recognise recognize reflect relate rely remember represent result reveal rise
    search separate serve settle shift solve spend split spot submit succeed suit suppose surprise talk test trust
    view visit wait watch wish wonder amount area aspect beginning behalf behaviour chance change choice
    circumstance condition copy difference doubt effect effort entry error evidence fault figure goal half hand head
    item level line lot manner matter mind middle mistake name need news notification one pair parallel piece plenty
    position purpose quality range regard rest role rule section sense sequence side sign size source step style
    subject success summary task term text title top topic treat while world wrong available correct fine full fresh
    further general guilty heavy high ideal identical indeed individual initial low main normal obvious ordinary
    overall plain pleasant previous proper quick rare regular relevant safe serious short significant similar simple
    slow sorry special standard strange strong sudden true typical usual visible whole wide unfortunate immediate
    additional current different direct easy entire final frequent penny cent dime
    shout nuisance holler ping bother lift read edit
    """.split()
)

SAME = (
    "charge payment pay paid bill transaction debit deduct collect",
    "refund reimburse money-back repay return",
    "duplicate double twice repeat dupe",
    "cancel terminate",
    "delete remove erase",
    "statement",
    "everyone everybody",
    "price cost fee rate",
    "plan subscription tier",
    "file document",
    "invite invitation",
    "password passphrase",
    "sign log login signin",
    "valid work",
    "e-mail email mail",
    "telephone phone",
    "lock block",
    "go goes went gone",
    "unlock unblock",
    "limit maximum cap",
    "admin administrator",
    "seat licence license",
    "owner",
    "bank",
    "trial",
    "save keep store",
    "send sent resend resent email-out",
    "lose lost",
    "buy bought",
    "wrong incorrect",
    "image picture photo",
    "require need mandatory",
    "renew renewal",
    "expire expiry",
    "download",
)

OPPOSITES = (
    ("more", "less"),
    ("above", "below"),
    ("minimum", "maximum"),
    ("enable", "disable"),
    ("include", "exclude"),
    ("earlier", "later"),
    ("upgrade", "downgrade"),
    ("monthly", "yearly"),
    ("public", "private"),
    ("free", "paid"),
    ("allow", "forbid"),
    ("first", "last"),
    ("all", "some"),
    ("everyone", "nobody"),
    ("continue", "stop"),
    ("atmost", "morethan"),
    ("once", "repeatedly"),
)
# What holds without exception; who says so needs a source that says so.
ABSOLUTE = frozenset("always never everyone everybody unlimited forever instantly unconditionally".split())
NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly unable impossible apart"
    " excluding except".split()
)
