namespace CdBackuper.Archive.Verification;

/// <summary>Why a disc's folder, or a file in it, can't be trusted.</summary>
/// <param name="Id">Stable, for programs: docs/operations.md lists them.</param>
/// <param name="Path">The file below <c>files/</c>; null for the folder itself.</param>
/// <param name="Detail">For people: part of a sentence.</param>
public sealed record Doubt(string Id, string? Path, string Detail);
