"""The question bank: what a question is, how it is read, checked, shown and scored."""

from safehaven.bank.load import Bank, Located, load_bank
from safehaven.bank.model import Question
from safehaven.bank.present import Presented, present

__all__ = ["Bank", "Located", "Presented", "Question", "load_bank", "present"]
