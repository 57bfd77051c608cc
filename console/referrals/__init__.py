"""The work with referrals at the workstation."""
