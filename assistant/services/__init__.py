"""How a service record becomes an answer."""
