"""The only reader of the environment, and of the desk folder's `desk.toml`."""

from deskhand.settings.ai_notice import AiNoticeTable
from deskhand.settings.attachments import AttachmentsTable
from deskhand.settings.channels import ChannelsTable, EmailTable, HookTable, SlackTable, TwilioTable
from deskhand.settings.desk import (
    BreakersTable,
    FeedbackTable,
    ModelsTable,
    PrivacyTable,
    ReceiptsTable,
    SiteTable,
)
from deskhand.settings.egress import EgressTable
from deskhand.settings.quality import CsatTable, QualityTable
from deskhand.settings.reading import (
    MODEL_KEYS,
    MOVED,
    Settings,
    backup_key,
    database_given,
    own_database,
    read_settings,
    read_table,
    secret_place,
)
from deskhand.settings.reports import ReportsTable
from deskhand.settings.rollout import RolloutTable
from deskhand.settings.systems import MailTable, OAuthTable, OwnTable, RecordsTable, fit_address
from deskhand.settings.watching import LogForm, Watching, read_watching
from deskhand.settings.widget import WidgetSiteTable, WidgetTable

__all__ = [
    "MODEL_KEYS",
    "MOVED",
    "AiNoticeTable",
    "AttachmentsTable",
    "BreakersTable",
    "ChannelsTable",
    "CsatTable",
    "EgressTable",
    "EmailTable",
    "FeedbackTable",
    "HookTable",
    "LogForm",
    "MailTable",
    "ModelsTable",
    "OAuthTable",
    "OwnTable",
    "PrivacyTable",
    "QualityTable",
    "ReceiptsTable",
    "RecordsTable",
    "ReportsTable",
    "RolloutTable",
    "Settings",
    "SiteTable",
    "SlackTable",
    "TwilioTable",
    "Watching",
    "WidgetSiteTable",
    "WidgetTable",
    "backup_key",
    "database_given",
    "fit_address",
    "own_database",
    "read_settings",
    "read_table",
    "read_watching",
    "secret_place",
]
