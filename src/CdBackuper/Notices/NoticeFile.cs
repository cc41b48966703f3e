using CdBackuper.Media.Verdicts;

namespace CdBackuper.Notices;

/// <summary>A file of which something is missing.</summary>
/// <param name="Path">Relative to the disc's <c>files/</c>, with '/'.</param>
/// <param name="Condition">damaged, lost or unverified.</param>
/// <param name="SizeBytes">Its length, as the volume says it.</param>
/// <param name="LostBytes">How much of it no attempt has read.</param>
internal sealed record NoticeFile(string Path, FileCondition Condition, long SizeBytes, long LostBytes);
