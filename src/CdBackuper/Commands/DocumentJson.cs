using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Archive.Format;
using CdBackuper.Drives;
using CdBackuper.Jobs;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CdBackuper.Web;

namespace CdBackuper.Commands;

/// <summary>How the documents of --json are written.</summary>
[JsonSerializable(typeof(DiscDocument))]
[JsonSerializable(typeof(IReadOnlyList<DiscDocument>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<TodoDocument>))]
[JsonSerializable(typeof(VolumesDocument))]
[JsonSerializable(typeof(FilesDocument))]
[JsonSerializable(typeof(AdoptDocument))]
[JsonSerializable(typeof(IReadOnlyList<NotifyDocument>))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(IReadOnlyList<DriveDocument>))]
[JsonSerializable(typeof(HealthDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext
{
    public static DocumentJson Pretty { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<DiscCondition>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FileCondition>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FindingLevel>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<DriveCondition>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<DiscStage>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<DiscEnd>(JsonNamingPolicy.CamelCase),
            new ByteSetConverter(),
            new ExtentConverter(),
            new JsonStringEnumConverter<EntryKind>(new KindNames()),
        },
    });
}
