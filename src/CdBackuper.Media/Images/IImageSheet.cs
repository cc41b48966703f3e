namespace CdBackuper.Media.Images;

/// <summary>The description of an image: a text beside its files, or a table within its only one.</summary>
public interface IImageSheet
{
    /// <summary>
    /// The files it names, each once, as it names them; from strangers, so never to be opened as they stand: see
    /// <see cref="SheetFileName"/>. An empty name is the file that the sheet was read from.
    /// </summary>
    IReadOnlyList<string> FileNames { get; }

    /// <param name="lengths">Of each named file, in bytes; null for one that is not there.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the layout is of no use.</param>
    /// <returns>Where the sectors are.</returns>
    ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log);
}
