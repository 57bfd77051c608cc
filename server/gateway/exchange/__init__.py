"""The telephone exchange behind one port: Asterisk and the simulated one."""
