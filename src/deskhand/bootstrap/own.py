"""The systems of the company's own that a desk names: the same clients whether one is its twin or the real one."""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import httpx2

from deskhand.bootstrap.folder import Folder
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.http import LARGEST, OwnHttp
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.connectors.own.tool_schema import misfits
from deskhand.connectors.own.twin import TOKEN, OwnTwin
from deskhand.connectors.own.twin_mcp import McpTwin
from deskhand.domain.errors import ConnectorError, DeskFault, Fault
from deskhand.execution.catalogue.own.spec import ToolRequest
from deskhand.settings import OwnTable, Settings, fit_address

TWIN = "https://twin.own.example"
BEARER = "Authorization"
Clock = Callable[[], object]
