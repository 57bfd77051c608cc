"""Practice on one machine: server, gateway, simulated exchange and console together."""
