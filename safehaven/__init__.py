"""Safe Haven: the machinery of a course on the Taliban, Al-Qaida and the Haqqani network."""
