from tests.ui.test_accessibility import *
from tests.ui.conftest import *
def test_dbg(full):
    from editor.ui.taborder import reading_order
    full.canvas.setFocus()
    f=by_tab(full)
    print([ (type(x).__name__, x.accessibleName()) for x in f], QApplication.focusWidget())
    print(full.isActiveWindow(), full.canvas.isVisible(), QApplication.activeWindow(), QApplication.activePopupWidget(), QApplication.topLevelWidgets())
    r=reading_order(full); print(len(r)); print([(type(x).__name__, x.accessibleName()) for x in r][:80])
    assert 0
