"""What students might hand in to gain points, to read what is secret, or to harm the class."""
