using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Verdicts;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices;

/// <summary>How notices are written: for the outbox and for other programs.</summary>
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(NoticeSeed))]
[JsonSerializable(typeof(OutboxEntry))]
[JsonSerializable(typeof(SentMark))]
[JsonSerializable(typeof(BrokenMark))]
internal sealed partial class NoticeJson : JsonSerializerContext
{
    /// <summary>camelCase on one line, without what is null.</summary>
    public static NoticeJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<NoticeKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FileCondition>(JsonNamingPolicy.CamelCase),
            new ByteSetConverter(),
        },
    });
}
