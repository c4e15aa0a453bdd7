"""The window's language: the compiled translations of ``resources/i18n``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from avdesk import resources

_NAME = "avdesk.translator"


def use(app: QCoreApplication, language: str) -> None:
    """Translate into ``zh`` or ``en`` from now on, and into nothing else."""
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
    own = sorted(map(str, resources.path("i18n").glob(f"*.{language}.qm")))
    qt = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_zh_CN.qm"
    for file in [*([qt] if language == "zh" else []), *own]:
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        if translator.load(file):
            app.installTranslator(translator)
