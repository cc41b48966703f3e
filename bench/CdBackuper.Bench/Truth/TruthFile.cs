namespace CdBackuper.Bench.Truth;

/// <summary>A file that the generator put on a disc.</summary>
/// <param name="Name">Its name without folders. The disc has no other file of this name and length.</param>
/// <param name="Content">Its bytes. No two sectors of a disc are alike.</param>
/// <param name="Sectors">Where the image holds it, found by its content alone: one sector for each 2048 bytes.</param>
internal sealed record TruthFile(string Name, byte[] Content, long[] Sectors);
