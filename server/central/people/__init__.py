"""People and their workstations: enrolment, proof of possession, second factor, standing."""
