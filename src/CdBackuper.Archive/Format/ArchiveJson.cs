using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>How the archive's JSON files are written: see docs/archive-format.md. Generated, without reflection.</summary>
[JsonSerializable(typeof(DiscStatus))]
[JsonSerializable(typeof(ListedEntry))]
[JsonSerializable(typeof(Listing))]
[JsonSerializable(typeof(DamageReport))]
[JsonSerializable(typeof(AttemptRecord))]
[JsonSerializable(typeof(DiscEvidence))]
[JsonSerializable(typeof(SentNotice))]
[JsonSerializable(typeof(LabelRecord))]
public sealed partial class ArchiveJson : JsonSerializerContext
{
    /// <summary>status.json: the predecessor's snake_case names.</summary>
    public static ArchiveJson Snake { get; } = new(MakeOptions(JsonNamingPolicy.SnakeCaseLower, indented: true));

    /// <summary>Everything else: camelCase.</summary>
    public static ArchiveJson Camel { get; } = new(MakeOptions(JsonNamingPolicy.CamelCase, indented: true));

    /// <summary>camelCase on one line: the entries of a listing.</summary>
    public static ArchiveJson Compact { get; } = new(MakeOptions(JsonNamingPolicy.CamelCase, indented: false));

    private static JsonSerializerOptions MakeOptions(JsonNamingPolicy names, bool indented) => new()
    {
        PropertyNamingPolicy = names,
        DefaultIgnoreCondition = names == JsonNamingPolicy.SnakeCaseLower
            ? JsonIgnoreCondition.Never
            : JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = indented,

        // A null where something belongs is a corrupt record, found while it is read and not when it is used.
        RespectNullableAnnotations = true,

        // The predecessor's shell script wrote some figures as text.
        NumberHandling = names == JsonNamingPolicy.SnakeCaseLower
            ? JsonNumberHandling.AllowReadingFromString
            : JsonNumberHandling.Strict,

        // These files are read by people: names of discs stand in them as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<DiscCondition>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FileCondition>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EntryKind>(new KindNames()),
            new ByteSetConverter(),
            new ExtentConverter(),
        },
    };
}
