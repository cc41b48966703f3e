using System.Text.Json.Serialization;

namespace CdBackuper.Labels;

/// <summary>How the bot's own records are written. Generated, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ReplyRecord))]
internal sealed partial class LabelJson : JsonSerializerContext;
