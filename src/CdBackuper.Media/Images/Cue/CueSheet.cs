namespace CdBackuper.Media.Images.Cue;

/// <summary>A cue sheet: text that says which part of which file is which track.</summary>
public sealed class CueSheet : IImageSheet
{
    private readonly List<CueFile> files;
    private readonly Dictionary<int, long> leadOuts;

    internal CueSheet(List<CueFile> files, Dictionary<int, long> leadOuts)
    {
        this.files = files;
        this.leadOuts = leadOuts;
        FileNames = [.. files.Select(file => file.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; }

    /// <param name="bytes">The whole sheet.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the sheet is of no use.</param>
    public static CueSheet Read(ReadOnlySpan<byte> bytes, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return SheetText.TryDecode(bytes, log, out var text) ? new CueParser(log).Parse(text) : new([], []);
    }

    /// <inheritdoc/>
    public ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(log);
        var begun = files.SelectMany(file => file.Marks).Where(mark => mark.Index > 0).Select(mark => mark.Track);
        var layout = new CueLayout(begun.ToHashSet(), leadOuts, log);
        foreach (var file in files)
        {
            var index = 0;
            while (FileNames[index] != file.Name)
            {
                index++;
            }

            layout.Add(file, index, lengths[index]);
        }

        return new("CUE", layout.ToTracks());
    }
}
