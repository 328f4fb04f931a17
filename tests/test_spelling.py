from safehaven.spelling import misspelt


def test_a_common_misspelling_is_found_with_what_is_better():
    assert misspelt("They recieved a letter.") == {"recieved": "received"}


def test_names_and_british_spelling_pass():
    assert misspelt("Sirajuddin Haqqani organised the defence of Khost.") == {}
