"""The reading room: `onrecord serve` shows an archive in the browser, to read, search, follow and correct.

    request ── guards ── routes/ ── pages/ ── rendering ── templates/
               who may    one file   one        Jinja
               do what    a matter   dataclass
                                     a page

A route asks the archive, makes the page's dataclass, and renders it. Nothing is fetched from elsewhere: fonts are the
system's, icons and charts stand in the page, and all that JavaScript adds also works, more slowly, without it.
"""
