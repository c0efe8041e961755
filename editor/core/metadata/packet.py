"""Packet: an XMP packet as a tree and back (ISO 16684-1), with every name space under the prefix it came with."""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree as Tree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "x": "adobe:ns:meta/", "rdf": RDF, "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "xmpNote": "http://ns.adobe.com/xmp/note/", "tiff": "http://ns.adobe.com/tiff/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}  # fmt: skip
_XML = "http://www.w3.org/XML/1998/namespace"
MOST, MOST_ELEMENTS, MOST_SPACES, DEEPEST = 8 * 2**20, 100_000, 500, 100  # bytes and so on of a packet that is read
MOST_STANDARD, MOST_EXTENDED = 65_502, 65_400  # bytes of a packet, and of a piece of the extended one, in a segment
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0 characters


class Unreadable(ValueError):
    """This packet is no XMP, or none that is safe to read."""


class _Builder(Tree.TreeBuilder):
    """Remembers the prefixes, and gives up on trees that nobody writes in earnest."""

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: dict[str, str] = {}
        self.depth = self.count = 0

    def start_ns(self, prefix: str | None, uri: str) -> None:
        self.prefixes.setdefault(uri, prefix or "")
        if len(self.prefixes) > MOST_SPACES:
            raise Unreadable("more name spaces than a packet has")

    def start(self, tag: str, attrs: dict[str, str]) -> Tree.Element:
        self.depth += 1
        self.count += 1 + len(attrs)
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise Unreadable("more elements than a packet has")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Tree.Element:
        self.depth -= 1
        return super().end(tag)


class Packet:
    """A packet opened for changes. `name("dc:title")` is how ElementTree calls a property."""

    def __init__(self, root: Tree.Element | None = None, prefixes: dict[str, str] | None = None) -> None:
        if root is None or root.tag == f"{{{RDF}}}RDF":
            wrapped = Tree.Element(name("x:xmpmeta"))
            wrapped.append(Tree.Element(name("rdf:RDF")) if root is None else root)
            root = wrapped
        found = root.find(f".//{{{RDF}}}RDF")
        if found is None:
            raise Unreadable("no rdf:RDF in it")
        self.root, self.rdf, self.prefixes = root, found, prefixes or {}
        if found.find(name("rdf:Description")) is None:
            Tree.SubElement(found, name("rdf:Description"), {name("rdf:about"): ""})

    @classmethod
    def parse(cls, packet: bytes) -> Packet:
        """Opens a packet; raises `Unreadable`. What is around the XML, and characters XML cannot have, are let go."""
        text = as_text(packet)
        if len(text) > MOST or "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Unreadable("longer than a packet is, or with entities of its own")
        for attempt in (text, _UNFIT.sub("", _core(text))):
            builder = _Builder()
            parser = Tree.XMLParser(target=builder)
            try:
                parser.feed(attempt)
                return cls(parser.close(), builder.prefixes)
            except (Tree.ParseError, ValueError, AssertionError):
                continue
        raise Unreadable("no XML")

    def descriptions(self) -> list[Tree.Element]:
        return self.rdf.findall(name("rdf:Description"))

    def find(self, called: str) -> str | Tree.Element | None:
        """A property of the picture: text where it is an attribute, else its element."""
        key = name(called)
        for one in self.descriptions():
            if key in one.attrib:
                return one.attrib[key]
            if (child := one.find(key)) is not None:
                return child
        return None

    def text(self, called: str) -> str | None:
        """A simple property's text."""
        found = self.find(called)
        return found.text if isinstance(found, Tree.Element) else found

    def uri(self, called: str) -> str | None:
        """A simple property's text or the resource that it points to; of a list its first."""
        found = self.find(called)
        if not isinstance(found, Tree.Element):
            return found
        resource = name("rdf:resource")
        texts = (one.get(resource) or (one.text or "").strip() for one in found.iter())
        return next((text for text in texts if text), None)

    def drop(self, called: str) -> None:
        key = name(called)
        for one in self.descriptions():
            one.attrib.pop(key, None)
            if one.find(key) is not None:
                one[:] = [child for child in one if child.tag != key]

    def put(self, called: str, text: str) -> None:
        """Sets a simple property, in place of whatever it was."""
        self.drop(called)
        self.descriptions()[0].set(name(called), _UNFIT.sub("", text))

    def add(self, called: str, kind: str = "Seq") -> Tree.Element:
        """The list (rdf:Seq, Bag or Alt) of a property, made where there is none."""
        found = self.find(called)
        if not isinstance(found, Tree.Element):
            self.drop(called)
            found = Tree.SubElement(self.descriptions()[0], name(called))
        for form in ("Seq", "Bag", "Alt"):
            if (there := found.find(name(f"rdf:{form}"))) is not None:
                return there
        return Tree.SubElement(found, name(f"rdf:{kind}"))

    def put_list(self, called: str, kind: str, texts: list[str]) -> None:
        """Sets a property to a list of texts; an "alt" holds the first as its default language."""
        self.drop(called)
        items = self.add(called, kind.capitalize())
        for text in texts[:1] if kind == "alt" else texts:
            item = Tree.SubElement(items, name("rdf:li"), {f"{{{_XML}}}lang": "x-default"} if kind == "alt" else {})
            item.text = _UNFIT.sub("", text)

    def short_names(self) -> dict[str, str]:
        """The prefix of each name space in use: the usual one, else the packet's own, else a new one."""
        used = dict.fromkeys(
            key[1:].split("}")[0]
            for one in self.root.iter()
            for key in (one.tag, *one.attrib)
            if key.startswith("{") and not key.startswith(f"{{{_XML}}}")
        )
        known = {uri: prefix for prefix, uri in SPACES.items()}
        prefixes = {_XML: "xml"}
        for uri in used:
            wanted = known.get(uri) or self.prefixes.get(uri) or "ns1"
            number = 1
            while wanted in prefixes.values() or (known.get(uri) != wanted and wanted in SPACES):
                number += 1
                wanted = f"ns{number}"
            prefixes[uri] = wanted
        return prefixes

    def xml(self) -> str:
        """The tree as XML, all name spaces declared at its root."""
        prefixes = self.short_names()
        declared = "".join(f" xmlns:{prefix}={_quoted(uri)}" for uri, prefix in prefixes.items() if uri != _XML)
        pieces: list[str] = []
        _write(self.root, prefixes, declared, pieces)
        return "".join(pieces)

    def packed(self) -> bytes:
        """The packet with its wrapper, UTF-8, without room for growing."""
        start = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        return f'{start}{self.xml()}\n<?xpacket end="w"?>'.encode("utf-8", "replace")


def _core(text: str) -> str:
    """The part of a text from the first tag that a packet may begin with to where that is closed."""
    start = re.search(r"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b", text)
    end = text.rfind(f"</{start[1]}>") if start else -1
    return text[start.start() : end + len(start[1]) + 3] if start and end > start.start() else ""


def name(called: str) -> str:
    prefix, _, local = called.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def as_text(packet: bytes) -> str:
    """A packet's text, from UTF-8, 16 or 32."""
    for mark, code in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
                       (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):  # fmt: skip
        if packet.startswith(mark):
            return packet.decode(code, "replace").strip("\ufeff\0 \r\n\t")
    return packet.decode("utf-8", "replace").strip("\ufeff\0 \r\n\t")


def merged(standard: bytes, extended: bytes) -> bytes:
    """A JPEG's standard and extended packet as one; the standard one alone where the other cannot be read."""
    try:
        main, more = Packet.parse(standard), Packet.parse(extended)
    except Unreadable:
        return standard
    for one in more.descriptions():
        main.rdf.append(one)
    main.drop("xmpNote:HasExtendedXMP")
    main.prefixes = more.prefixes | main.prefixes
    return main.packed()


def split(packet: bytes) -> tuple[bytes, bytes, bytes] | None:
    """A packet as standard packet, extended packet and its GUID, the last two empty where it fits.

    The longest properties move over until the rest fits (XMP part 3, 1.1.3.1); None where that does not help.
    """
    if len(packet) <= MOST_STANDARD:
        return packet, b"", b""
    try:
        main = Packet.parse(packet)
    except Unreadable:
        return None
    more = Packet(None, main.prefixes)
    prefixes = main.short_names()
    movable = [(_length(child, prefixes), child) for one in main.descriptions() for child in one]
    size, moved = len(main.packed()), set()
    for length, child in sorted(movable, key=lambda item: -item[0]):
        if size > MOST_STANDARD - 500:  # the GUID needs some room too
            size -= length
            moved.add(child)
            more.descriptions()[0].append(child)
    for one in main.descriptions():
        one[:] = [child for child in one if child not in moved]
    extended = more.xml().encode("utf-8", "replace")
    guid = hashlib.md5(extended, usedforsecurity=False).hexdigest().upper()
    main.put("xmpNote:HasExtendedXMP", guid)
    standard = main.packed()
    return (standard, extended, guid.encode()) if len(standard) <= MOST_STANDARD else None


def _quoted(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return '"' + text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'


def _write(one: Tree.Element, prefixes: dict[str, str], declared: str, pieces: list[str]) -> None:
    def short(key: str) -> str:
        uri, _, local = key[1:].partition("}") if key.startswith("{") else ("", "", key)
        return f"{prefixes[uri]}:{local}" if uri else local

    tag = short(one.tag)
    pieces.append(f"<{tag}{declared}" + "".join(f" {short(key)}={_quoted(text)}" for key, text in one.attrib.items()))
    pieces.append(">" if one.text or len(one) else "/>")
    if one.text or len(one):
        pieces.append(_escaped(one.text))
        for child in one:
            _write(child, prefixes, "", pieces)
            pieces.append(_escaped(child.tail))
        pieces.append(f"</{tag}>")


def _length(one: Tree.Element, prefixes: dict[str, str]) -> int:
    """Bytes of an element in a packet."""
    pieces: list[str] = []
    _write(one, prefixes, "", pieces)
    return len("".join([*pieces, _escaped(one.tail)]).encode("utf-8", "replace"))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
