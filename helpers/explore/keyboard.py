"""Arrow keys for an Explorer's radio buttons and dropdowns, inside JupyterLab.

JupyterLab takes arrows and letters for itself (next cell, delete cell ...) whenever what has the
focus is not a text field, so a dropdown in an output could not be moved by keyboard, and ipywidgets
gives the radio buttons of a group no common name. One listener on the window, which comes before
JupyterLab's on the document, keeps those keys from it and leaves their handling to the browser.

It runs only in a live widget; a saved notebook carries no script. Where a page forbids inline
handlers, Tab and Space still reach every radio button.
"""

LISTENER = (
    "window.courseKeys ??= window.addEventListener('keydown', event => {"
    " const control = event.target.closest('.course-explorer :is(select, [type=radio])');"
    " if (!control || event.ctrlKey || event.metaKey"
    " || !/^(.|Arrow.*|Home|End)$/.test(event.key)) return;"
    " event.stopPropagation();"
    " const box = control.closest('.widget-radio-box');"
    " if (box) for (const one of box.querySelectorAll('input'))"
    " one.name = box.id ||= 'radios' + performance.now();"
    "}, true) ?? true"
)
