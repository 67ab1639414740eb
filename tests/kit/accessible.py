"""What a program of GTK shows to assistive technology, at one look: one question for all it has
told of already, and one for each node that has children, whose they are. To walk the same tree by
libatspi takes four questions a node, which was most of the work of a test of the kiosk.

The answer to the first (org.a11y.atspi.Cache) holds a node once somebody has asked for it, pages
that do not show, and for a while what has been taken away: where a node stands is not taken from
it."""
import ast
import re
from typing import NamedTuple

from gi.repository import Gio, GLib

from .tap import expect

ROOT = "/org/a11y/atspi/accessible/root"
VISIBLE = 30  # AtspiStateType
WAIT_MS = 60_000
# An item of the cache, a((so)(so)(so)iiassusau), in GVariant's text format: itself, its program and
# its parent; its place, children and interfaces; name, role, description and states. To have it
# unpacked number by number takes ten times as long.
WORD = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
ITEM = re.compile(
    r"\('[^']*', '([^']*)'\), \('[^']*', '[^']*'\), \('[^']*', '[^']*'\), -?\d+, (-?\d+), "
    rf"\[[^]]*\], ({WORD}), (\d+), (?:{WORD}), \[(\d+), (\d+)\]"
)


class Item(NamedTuple):
    path: str
    count: int  # of children
    name: str
    role: int
    states: int

    @classmethod
    def of(cls, path, count, name, role, low, high):
        name = ast.literal_eval(name) if "\\" in name else name[1:-1]
        states = int(low) | int(high) << 32
        return cls(path, int(count), name, int(role), states)

    def is_visible(self):
        return bool(self.states >> VISIBLE & 1)


class Box(NamedTuple):
    """In pixels."""

    x: int
    y: int
    width: int
    height: int


class Bus:
    """The accessibility bus of the session bus at an address."""

    def __init__(self, session):
        where = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        said = self.to(session).call_sync(*where, None, None, 0, WAIT_MS, None)
        self.connection = self.to(said.unpack()[0])

    @staticmethod
    def to(address):
        return Gio.DBusConnection.new_for_address_sync(
            address,
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        )

    def ask(self, program, path, interface, method, arguments=None):
        words = (program, path, "org.a11y.atspi." + interface, method, arguments)
        return self.connection.call_sync(*words, None, 0, WAIT_MS, None).get_child_value(0)


class Seen:
    """A node as it was at that look. Whatever else it is asked, it itself answers then."""

    def __init__(self, look, item, parent, index):
        self.bus, self.program, self.atspi = look.bus, look.program, look.atspi
        self.parent, self.index = parent, index
        self.path, self.name, self.role, self.states = item.path, item.name, item.role, item.states

    def get_name(self):
        return self.name

    def get_role_name(self):
        return self.atspi.role_get_name(self.atspi.Role(self.role))

    def get_state_set(self):
        return self

    def contains(self, state):
        return bool(self.states >> int(state) & 1)

    def box(self):
        """Where it is in the window now."""
        window = GLib.Variant("(u)", (self.atspi.CoordType.WINDOW,))
        return Box(*self.bus.ask(self.program, self.path, "Component", "GetExtents", window))

    def itself(self):
        """None if it is gone."""
        above = self.parent if not isinstance(self.parent, Seen) else self.parent.itself()
        node = above and above.get_child_at_index(self.index)
        if node is not None and node.path != self.path:
            node = node.get_child_at_index(0)  # what a GtkStack shows stands behind its page
        return node if node is not None and node.path == self.path else None

    def __getattr__(self, name):
        return getattr(self.itself(), name)


class Look:
    """All that shows below @root, libatspi's node of a program."""

    def __init__(self, bus, atspi, root):
        self.bus, self.atspi, self.root, self.program = bus, atspi, root, root.app.bus_name
        self.items, self.unknown = {}, []
        self.nodes = self.take()
        if self.unknown:
            for path in self.unknown:
                self.wake(path)
            self.nodes = self.take()

    def take(self):
        """The nodes, depth first; those of which is not told yet are among the unknown."""
        said = self.bus.ask(self.program, "/org/a11y/atspi/cache", "Cache", "GetItems")
        items = [Item.of(*fields) for fields in ITEM.findall(said.print_(False))]
        expect(len(items) == said.n_children(), said.print_(False))
        self.items = {item.path: item for item in items}
        self.unknown = []
        return list(self.walk(ROOT, self.root))

    def told(self, path):
        """Paths of its children."""
        said = self.bus.ask(self.program, path, "Accessible", "GetChildren")
        return [child for _, child in said.unpack()]

    def wake(self, path):
        """It is told of from now on, and all below it."""
        for child in self.told(path):
            self.wake(child)

    def walk(self, path, above):
        for index, child in enumerate(self.told(path)):
            item = self.items.get(child)
            if item is None:
                self.unknown.append(child)
            elif item.is_visible():
                seen = Seen(self, item, above, index)
                yield seen
                yield from self.walk(child, seen) if item.count else ()
