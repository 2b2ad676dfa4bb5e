"""Nothing that a citizen says is lost or done twice, whatever fails and whenever; nothing stays longer than it may."""
