"""Stanza's models, driven faster: one file a stage, with Stanza's own results, or nearly so in whole numbers.

``stages`` has the list of the stages and says, for a loaded model, which of them are driven from here and which go
through Stanza's own processor (``plain``): those whose model is of another shape than the stage's file handles.
"""
