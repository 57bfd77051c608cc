"""How it looks: PySide6 widgets that know no database, network or clock."""
