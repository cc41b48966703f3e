namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Decodes the names of a volume whose character set must be found out: it collects evidence while the first tree is read,
/// and decides then. One serves all trees of a volume that hold names of its kind.
/// </summary>
internal abstract class NameText
{
    /// <returns>The text, as far as it is known by now how to read it.</returns>
    public abstract string Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Looks at all names met so far, once.</summary>
    /// <returns>True when names were decoded in another way before, and must be decoded anew.</returns>
    public abstract bool Decide();
}
