"""What the school does: one room per capability; outside, only the rooms' doors are used."""
