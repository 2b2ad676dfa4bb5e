"""Citizens in the web chat: a live protocol over websockets, with events and posts where sockets do not get through."""
