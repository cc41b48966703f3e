namespace CdBackuper.Notices;

/// <summary>The disc of a notice.</summary>
/// <param name="Number">The number that people write on it.</param>
/// <param name="Folder">Its folder in the archive.</param>
/// <param name="VolumeName">What its file system calls itself; null where it has no name.</param>
/// <param name="Uuid">As the disc says it; null for none.</param>
/// <param name="Label">What a person calls it; null where nobody has said.</param>
internal sealed record NoticeDisc(string Number, string Folder, string? VolumeName, string? Uuid, string? Label)
{
    /// <summary>What people know it by: the label, else the volume's name; empty where it has neither.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => Label ?? VolumeName ?? "";
}
