"""What web sites print around articles, in the languages they are read in: headings, buttons, appeals, bylines.

A line is compared without case, figures, marks and symbols at its ends: "15 Comments ›" is `comments`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

__all__ = ["Furniture", "byline", "date_line", "furniture"]

# "opener": a heading under which only end matter stands; "comments": one under which readers' words stand;
# "appeal": a paragraph of the site about itself; "button": furniture wherever it stands; "weak": only among other
# furniture, since an article may have such a line too.
Furniture = Literal["opener", "comments", "appeal", "button", "weak"]

_EXACT: Final[dict[Furniture, str]] = {
    "opener": """
        related posts|related articles|related stories|related news|related topics|related content|related|you may also like
        you might also like|you may like|recommended|recommended for you|recommended articles|recommended stories|more stories|more news|more articles
        more from this section|more on this story|more on this topic|more like this|read next|up next|what to read next
        trending|trending now|most read|most popular|popular posts|popular articles|latest news|latest posts|recent posts
        previous article|next article|previous post|next post|previous story|next story|about the author|about the authors|tags|share this article
        follow us|post navigation|don't miss|editor's picks|editors' picks|from our partners|sponsored content|promoted content
        articles similaires|articles liés|articles connexes|sur le même sujet|sur le même thème|à lire aussi|lire aussi|vous aimerez aussi
        vous pourriez aussi aimer|à lire également|article précédent|article suivant|les plus lus|les plus récents|suivez-nous|nos derniers articles
        ähnliche artikel|verwandte artikel|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|das könnte dir auch gefallen
        auch interessant|weitere artikel|vorheriger artikel|nächster artikel|vorheriger beitrag|nächster beitrag|meistgelesen|meistgelesene artikel|folgen sie uns
        artículos relacionados|noticias relacionadas|entradas relacionadas|te puede interesar|también te puede interesar|te podría interesar
        lo más leído|más noticias|artículo anterior|artículo siguiente|siguiente artículo|síguenos
        articoli correlati|articolo precedente|articolo successivo|leggi anche|ti potrebbe interessare|ti potrebbe interessare anche|potrebbe interessarti
        potrebbero interessarti|i più letti|altri articoli|seguici|articolo successivo|prossimo articolo
        artigos relacionados|notícias relacionadas|matérias relacionadas|leia também|veja também|leia mais sobre|mais lidas|artigo anterior|próximo artigo|siga-nos
        gerelateerde artikelen|lees ook|meer over dit onderwerp|meest gelezen|vorig artikel|volgend artikel|volg ons
        powiązane artykuły|podobne artykuły|zobacz także|zobacz również|czytaj także|czytaj też|przeczytaj także|poprzedni artykuł|następny artykuł|najpopularniejsze
        читайте также|читать также|похожие статьи|похожие новости|похожие записи|новости по теме|материалы по теме|по теме|другие новости|предыдущая статья|следующая статья
        самое читаемое|популярное|рекомендуем|смотрите также|подпишитесь на нас|ещё по теме|еще по теме
        читайте також|схожі статті|схожі новини|новини за темою|матеріали за темою|популярне|попередня стаття|наступна стаття|дивіться також
        ilgili haberler|benzer haberler|bunlar da ilginizi çekebilir|önceki yazı|sonraki yazı|související články|mohlo by vás zajímat|čtěte také
        relaterade artiklar|läs också|läs mer om|articole similare|citește și|kapcsolódó cikkek|artikel terkait|berita terkait|baca juga
        مقالات ذات صلة|اقرأ أيضا|اقرأ أيضاً|مواضيع ذات صلة|المقال السابق|المقال التالي|قد يعجبك ايضا
        相关阅读|相关新闻|相关文章|推荐阅读|延伸阅读|上一篇|下一篇|関連記事|あわせて読みたい|おすすめ記事|前の記事|次の記事|관련기사|관련 기사""",
    "comments": """
        leave a comment|leave a reply|comment|comments|write your comment|write a comment|add a comment|add comment|post a comment|join the conversation|reader comments
        view comments|show comments|no comments|no comments yet|be the first to comment|join the discussion|your comment|log in to comment|cancel reply
        commentaires|commentaire|laisser un commentaire|laissez un commentaire|laisser une réponse|ajouter un commentaire|poster un commentaire|réagir|aucun commentaire
        kommentare|kommentar schreiben|schreibe einen kommentar|kommentar verfassen|kommentar hinterlassen|keine kommentare|diskutieren sie mit
        comentarios|deja un comentario|deja una respuesta|dejar un comentario|escribe un comentario|comentar|sin comentarios
        commenti|lascia un commento|scrivi un commento|commenta|nessun commento|comentários|deixe um comentário|deixe uma resposta|deixe seu comentário
        reacties|reageer|laat een reactie achter|plaats een reactie|komentarze|dodaj komentarz|zostaw komentarz|skomentuj
        комментарии|комментировать|оставить комментарий|оставьте комментарий|добавить комментарий|написать комментарий|обсудить|нет комментариев
        коментарі|залишити коментар|додати коментар|прокоментувати|yorumlar|yorum yap|yorum yaz|bir yanıt yazın|komentáře|přidat komentář
        kommentarer|lämna en kommentar|skriv en kommentar|comentarii|lasă un comentariu|hozzászólások|komentar|tinggalkan komentar|tinggalkan balasan
        التعليقات|اترك تعليقا|اترك تعليقاً|أضف تعليق|评论|发表评论|我要评论|网友评论|コメント|コメントを残す|コメントする|댓글|댓글 쓰기""",
    "button": """
        share|share this|share this post|share this story|share on facebook|share on twitter|share on whatsapp|click here|read more|read full article|read the full article|continue reading|learn more
        advertisement|advertising|article continues below advertisement|article continues after ad|story continues below|skip to content|skip to main content
        skip to navigation|donate|donate now|support us|subscribe|subscribe now|sign up|sign in|log in|log in / register
        subscribe to our newsletter|sign up for our newsletter|newsletter|print this article|email this article|copy link|copy url|listen to this article|view all posts|see all posts|all rights reserved
        partager|partager sur facebook|partager sur twitter|partager cet article|lire la suite|en savoir plus|publicité|s'abonner|abonnez-vous|se connecter|je m'abonne|aller au contenu|faire un don|imprimer|écouter l'article
        teilen|artikel teilen|auf facebook teilen|weiterlesen|mehr lesen|mehr erfahren|anzeige|werbung|abonnieren|jetzt abonnieren|anmelden|drucken|spenden|zum inhalt springen
        compartir|compartir en facebook|leer más|seguir leyendo|publicidad|suscríbete|suscribirse|iniciar sesión|imprimir|saltar al contenido
        condividi|condividi su facebook|leggi di più|leggi tutto|continua a leggere|pubblicità|abbonati|accedi|iscriviti alla newsletter|stampa|sostienici|diventa sostenitore
        compartilhar|compartilhe|partilhar|leia mais|ler mais|continue lendo|publicidade|assine|assine já|inscreva-se|delen|lees meer|lees verder|advertentie|abonneer
        udostępnij|czytaj więcej|czytaj dalej|reklama|subskrybuj|zaloguj się|поделиться|поделиться в facebook|читать далее|читать дальше|читать полностью|подробнее|реклама|подписаться|подпишитесь|войти|распечатать
        поділитися|поширити|читати далі|докладніше|детальніше|підписатися|paylaş|devamını oku|abone ol|reklam|sdílet|číst více|celý článek|dela|läs mer|annons|distribuie|citește mai mult|publicitate|megosztás|tovább olvasom
        bagikan|baca selengkapnya|iklan|شارك|مشاركة|اقرأ المزيد|إعلان|اشترك|分享|分享到|阅读全文|查看更多|广告|シェア|シェアする|続きを読む|もっと見る|広告|공유|더보기""",
    "weak": """
        home|menu|search|news|next|previous|prev|back|total|shares|views|likes|like|tweet|pin|pin it|print|email|e-mail|mail|reply|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|instagram|youtube|pinterest
        vkontakte|vk|flipboard|tumblr|viber|messenger|pocket|rss|contact|contact us|about|about us|privacy policy|terms of use|cookie policy|photo|video|name|min read
        accueil|recherche|suivant|précédent|retour|mentions légales|start|startseite|suche|weiter|zurück|impressum|datenschutz|inicio|buscar|siguiente|anterior|avanti|indietro|cerca|início|próximo
        home page|homepage|zoeken|volgende|vorige|strona główna|szukaj|следующая|предыдущая|далее|назад|главная|поиск|просмотров|просмотры|головна|пошук|anasayfa|ara|hlavní stránka|首页|上一页|下一页|ホーム|検索|الرئيسية|بحث""",
}
_PATTERNS: Final[tuple[tuple[Furniture, str], ...]] = (
    ("appeal", r"(?:please )?support (?:our|independent|us\b|[\w.-]+\.\w{2,})\b.*"),
    ("appeal", r"your (?:support|contribution|donation|subscription)s? (?:helps?|is essential|makes?|enables?|allows?|will help)\b.*"),
    ("appeal", r"(?:note|disclaimer|editor'?s? note)\s*:.*\b(?:indexed|syndicated|republished|copyright|original source|opinions? expressed|views expressed)\b.*"),
    ("appeal", r".*\b(?:do not|don't|does not) claim (?:legitimacy|ownership|copyright)\b.*"),
    ("appeal", r"(?:©|\(c\)|copyright\b).*"),
    ("appeal", r".*\b(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|tutti i diritti riservati|"
               r"todos os direitos reservados|все права защищены|wszelkie prawa zastrzeżone|усі права захищені)\.?"),
    ("appeal", r"(?:this (?:article|post|story|content) (?:was|has been|is|first|originally)\b.{0,20}\b(?:appeared|published|posted|syndicated|indexed|generated)\b.{0,80})"),
    ("appeal", r"the post .{5,200} (?:appeared first|first appeared) on .*"),
    ("appeal", r"(?:soutenez|unterstützen sie (?:uns|unsere)|sostieni|apoya (?:a |nuestr)|apoie|wesprzyj|поддержите (?:нас|наш)|підтримайте (?:нас|наш))\b.*"),
    ("appeal", r"(?:votre (?:soutien|contribution|don)|il tuo (?:sostegno|contributo|supporto)|ihre (?:spende|unterstützung)|tu (?:apoyo|contribución)) .*"),
    ("button", r"(?:follow|find|like|join|add) (?:us|[\w.]+(?: [\w.]+){0,3}?) on (?:facebook|twitter|x|instagram|telegram|youtube|whatsapp|linkedin|google news|social media)\b.{0,40}"),
    ("button", r"follow [\w.]+(?: [\w.]+){0,3} (?:social media )?(?:accounts?|channels?|pages?)"),
    ("button", r"(?:subscribe to|sign up (?:to|for)|get) (?:our|the|your)\b.{0,60}(?:newsletter|channel|updates|emails?|alerts)\b.{0,40}"),
    ("button", r"(?:suivez|folgen sie|sígu?enos|seguici|siga-nos|volg|подпис\w+ на|підпис\w+ на|śledź|obserwuj)\b.{0,50}(?:facebook|twitter|telegram|телеграм|instagram|youtube|google|whatsapp)\b.{0,40}"),
    ("button", r"(?:read|see|watch) (?:also|more|next|too|related)\s*[:|>→].{0,200}"),
    ("button", r"(?:lire aussi|à lire aussi|lesen sie auch|lesen sie mehr|leer también|lea también|lee también|leggi anche|leia também|veja também|lees ook|czytaj także|czytaj też|"
               r"читайте также|читайте також|läs också|baca juga|čtěte také)\s*[:|>→–-].{0,200}"),
    ("button", r"tags?\s*[:|#].{0,200}"),
    ("button", r"(?:filed under|posted in|categories|category|topics)\s*[:|].{0,120}"),
    ("button", r"(?:to see the article at )?original source.{0,20}click here"),
    ("button", r"become an? (?:supporter|member|patron|subscriber|donor)\b.{0,30}"),
    ("weak", r"(?:\d+ )?(?:min(?:ute)?s?|minuten|minuti|minutos|мин\w*) (?:read|de lecture|lesezeit|di lettura|de lectura|de leitura|чтения)"),
    ("weak", r"(?:reading time|lesezeit|temps de lecture|tempo di lettura|tiempo de lectura|время чтения)\b.{0,20}"),
    ("weak", r"https?://\S+"),
)
_BYLINES: Final[dict[str, str]] = {
    "en": "by|written by|reported by|reporting by|posted by", "fr": "par|de|écrit par", "de": "von|ein artikel von",
    "es": "por|de", "it": "di|da|a cura di", "pt": "por|de", "nl": "door|van", "pl": "autor|autorka", "ru": "автор|авторы|текст",
    "uk": "автор|автори|текст", "sv": "av", "da": "af", "no": "av", "ro": "de", "cs": "autor", "tr": "yazan",
}
LONGEST = 600  # characters; a longer paragraph is no furniture
_NAME = r"[^\W\d_][\w.'’-]*"
_PARTICLES = "de|da|di|del|della|van|von|der|den|la|le|bin|al|el|and|et|und|y|e|en|i|и|та"
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_MONTH_WORDS = re.compile(
    r"\b(?:published|updated|posted|modified|changed?|last|on|at|am|pm|a\.m|p\.m|gmt|utc|cet|est|et|pst|bst|uhr|um|h|min|ore|alle|publié|mis|à|jour|le|mise|modifié|"
    r"veröffentlicht|aktualisiert|stand|erschienen|vom|publicado|actualizado|atualizado|em|el|a las|de|del|pubblicato|aggiornato|il|modificato|modifica|hace|"
    r"опубликовано|обновлено|изменено|в|от|года|г|оновлено|опубліковано|о|року|opublikowano|aktualizacja|gepubliceerd|bijgewerkt|op|om|"
    r"the|of|first|date|datum|data|fecha|дата)\b", re.I)


@lru_cache(maxsize=1)
def _table() -> dict[str, Furniture]:
    return {
        _key(phrase): kind
        for kind, lines in _EXACT.items()
        for line in lines.strip().splitlines()
        for phrase in line.strip().split("|")
    }


@lru_cache(maxsize=1)
def _regexes() -> tuple[tuple[Furniture, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _PATTERNS)


def _key(line: str) -> str:
    return _ENDS.sub("", " ".join(line.split())).replace("’", "'").casefold()


def furniture(line: str) -> Furniture | None:
    """What kind of site furniture a line is, None where it may be the article's own."""
    if len(line) > LONGEST:
        return None
    flat = " ".join(line.split()).replace("’", "'")
    key = _key(flat)
    if not key:  # "0", "***", "»": a counter or an ornament
        return "weak"
    kind = _table().get(key)
    if kind is not None:
        # "Comments?" may be asked in an interview, "Share." may be said.
        return None if flat.endswith(("?", "!", ".")) and not flat.endswith("...") else kind
    for kind, pattern in _regexes():
        if pattern.fullmatch(flat):
            return kind
    return None


def byline(line: str, language: str | None) -> bool:
    """Whether a line says only who wrote the article: "By Jane Doe and John Roe", "von Max Mustermann"."""
    flat = " ".join(line.split())
    words = "|".join(_BYLINES.get(lang, "") or "by" for lang in {language or "en", "en"})
    match = re.fullmatch(rf"(?i:{words})\s*:?\s+(.+)", flat)
    if match is None or len(flat.split()) > 9 or flat.endswith((".", "?", "!", "…", ":")):
        return False
    names = re.sub(r"[,|&/]", " ", match[1]).split()
    if flat[:3].casefold() == "by ":  # an agency may write its own name small: "by time news"
        return len(names) <= 5
    return all(n[0].isupper() and re.fullmatch(_NAME, n) or re.fullmatch(_PARTICLES, n) for n in names)


def date_line(line: str) -> bool:
    """Whether a line says only when the article was published or changed, in whatever way."""
    if not re.search(r"\d", line) or len(line) > 120:
        return False
    rest = _MONTH_WORDS.sub(" ", line)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if len(word) > 1]
    digits = re.search(r"\b(?:1[89]|20)\d\d\b|\d{1,2}[./-]\d{1,2}|\d{1,2}[:h]\d{2}", line) is not None
    return digits and len(words) <= 4 and len(re.findall(r"\d+", line)) >= 2
