"""The page that is the telephone: shipped with the program, only the microphone allowed."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QFile, QIODevice, QObject, QTemporaryDir, QUrl, Signal, Slot
from PySide6.QtNetwork import QSslCertificate
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineProfileBuilder,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import delete

_LOG = logging.getLogger(__name__)
_SCHEME = b"xinqiao"
_START = QUrl("xinqiao://softphone/index.html")
_RESOURCES = Path(__file__).parents[2] / "resources"
_FILES = {
    "/index.html": (_RESOURCES / "softphone/index.html", b"text/html"),
    "/phone.js": (_RESOURCES / "softphone/phone.js", b"text/javascript"),
    "/ring.wav": (_RESOURCES / "sounds/ring.wav", b"audio/wav"),
}


def register_scheme() -> None:
    """Make the page's own scheme known; before the application object is made."""
    scheme = QWebEngineUrlScheme(_SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    # Secure: only then are microphones given at all.
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class _Files(QWebEngineUrlSchemeHandler):
    """Gives out the three files of the telephone."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        known = _FILES.get(job.requestUrl().path())
        if known is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        path, kind = known
        content = QBuffer(job)
        content.setData(path.read_bytes())
        content.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(kind, content)


class _Door(QWebEngineUrlRequestInterceptor):
    """Lets out nothing but the connection to the exchange."""

    def __init__(self, parent: QObject, exchange: str) -> None:
        super().__init__(parent)
        self._exchange = QUrl(exchange).authority()

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        own = url.scheme() == _SCHEME.decode()
        calls_home = url.scheme() in ("ws", "wss") and url.authority() == self._exchange
        info.block(not (own or calls_home))


class _Ear(QObject):
    """What the page sees of us."""

    ordered = Signal(str)
    told = Signal(str)

    @Slot(str)
    def tell(self, news: str) -> None:
        """The page says something."""
        self.told.emit(news)


class _Page(QWebEnginePage):
    """A page that logs where its script failed, and nothing of what it was about."""

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, _message: str, line: int, source: str
    ) -> None:
        if level is QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            _LOG.error("the page of the telephone failed at %s:%d", QUrl(source).path(), line)


class PhonePage(QObject):
    """The page without a window: `told` is what it says, `ended` that its process is gone.

    `exchange` is the only address it may reach, `authority` the hotline's own CA as PEM.
    """

    told = Signal(str)
    ended = Signal()

    def __init__(self, exchange: str, authority: bytes = b"") -> None:
        super().__init__()
        builder = QWebEngineProfileBuilder()
        if authority:
            builder.setAdditionalTrustedCertificates(QSslCertificate.fromData(authority))
        # Off the record it would trust no authority of ours; what it keeps lies in a passing folder.
        self._folder = QTemporaryDir()
        builder.setPersistentStoragePath(self._folder.path())
        builder.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        builder.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
        self._profile = builder.createProfile("softphone", self)
        self._files = _Files(self)
        self._profile.installUrlSchemeHandler(_SCHEME, self._files)
        self._door = _Door(self, exchange)
        self._profile.setUrlRequestInterceptor(self._door)
        self._ear = _Ear(self)
        self._ear.told.connect(self.told)
        self._channel = QWebChannel(self)
        self._channel.registerObject("engine", self._ear)
        self._page = _page(self._profile, self._channel)
        self._page.permissionRequested.connect(_allow)
        self._page.renderProcessTerminated.connect(self.ended)

    def load(self) -> None:
        """Begin, or begin again."""
        self._page.load(_START)

    def order(self, order: str) -> None:
        """Tell the page to do something."""
        self._ear.ordered.emit(order)

    def close(self) -> None:
        """Let the page go, before the application ends."""
        delete(self._page)
        delete(self._profile)
        self._folder.remove()


def _page(profile: QWebEngineProfile, channel: QWebChannel) -> QWebEnginePage:
    page = _Page(profile, profile)
    page.settings().setAttribute(QWebEngineSettings.WebAttribute.PlaybackRequiresUserGesture, False)
    page.scripts().insert(_channel_script())
    page.setWebChannel(channel)
    # A page that nobody sees is put to sleep, its clocks with it.
    page.setVisible(True)
    return page


def _channel_script() -> QWebEngineScript:
    source = QFile(":/qtwebchannel/qwebchannel.js")
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    script = QWebEngineScript()
    script.setSourceCode(bytes(source.readAll().data()).decode())
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    return script


def _allow(permission: QWebEnginePermission) -> None:
    kind = QWebEnginePermission.PermissionType.MediaAudioCapture
    own = permission.origin().scheme() == _SCHEME.decode()
    decide: Callable[[], None] = (
        permission.grant if own and permission.permissionType() is kind else permission.deny
    )
    decide()
