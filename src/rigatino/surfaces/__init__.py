"""Parse, call the pipeline, render: the command line and the batch."""
