namespace CdBackuper.Media.Images.Cue;

/// <summary>A FILE line with the INDEX lines that speak of it.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Type">BINARY, MOTOROLA, WAVE, AIFF, MP3 or what else is written, in capitals.</param>
/// <param name="Line">For messages.</param>
internal sealed record CueFile(string Name, string Type, int Line)
{
    private const int WaveHeader = 44;
    private const int AiffHeader = 54;

    /// <summary>In the order of the sheet, which is that of the file.</summary>
    public List<CueMark> Marks { get; } = [];

    /// <summary>Bytes of the file before its first sector; null where it is compressed, so that its length says nothing.</summary>
    public int? HeaderLength => Type is "BINARY" or "MOTOROLA" ? 0
        : Name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) ? WaveHeader
        : Name.EndsWith(".aif", StringComparison.OrdinalIgnoreCase) || Name.EndsWith(".aiff", StringComparison.OrdinalIgnoreCase)
            ? AiffHeader : null;
}
