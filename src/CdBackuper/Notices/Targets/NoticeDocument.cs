using System.Text.Json;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Targets;

/// <summary>A notice as other programs get it: its facts, and the same in words. docs/notifications.md, "The document".</summary>
internal static class NoticeDocument
{
    public static JsonObject Of(Notice notice)
    {
        var document = JsonSerializer.SerializeToNode(notice, NoticeJson.Compact.Notice)!.AsObject();
        document["schema"] = 1;
        document["title"] = TextCut.Printable(NoticeText.Title(notice));
        document["text"] = NoticeText.Body(notice);
        document["severity"] = SeverityOf(notice.Kind);
        return document;
    }

    public static string SeverityOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Whole or NoticeKind.AlreadyWhole => "success",
        NoticeKind.Damaged => "warning",
        NoticeKind.Test or NoticeKind.Twin => "info",
        _ => "failure",
    };
}
