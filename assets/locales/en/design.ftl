# Words within widgets.
field-clear = Clear the search
notice-close = Close this message
dialog-close = Close
