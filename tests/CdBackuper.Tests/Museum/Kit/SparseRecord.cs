namespace CdBackuper.Tests.Museum;

/// <summary>One unit of a <see cref="SparseImage"/> that is not all zeros, or can't be read.</summary>
/// <param name="Number">Which unit of the image.</param>
/// <param name="Bytes">How it begins; the rest of it are zeros.</param>
internal sealed record SparseRecord(int Number, byte[] Bytes)
{
    public bool IsUnreadable { get; init; }

    /// <summary>True where the check sums of UDF's tags are put right, whatever was changed under them.</summary>
    public bool IsMended { get; init; }
}
