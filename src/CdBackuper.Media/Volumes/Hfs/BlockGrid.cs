namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>The allocation blocks of a volume, the unit in which forks lie.</summary>
/// <param name="FirstByte">Where block 0 begins, absolute on the disc.</param>
/// <param name="BlockSize">Bytes of a block.</param>
/// <param name="BlockCount">How many blocks the volume says it has.</param>
internal readonly record struct BlockGrid(long FirstByte, long BlockSize, long BlockCount)
{
    /// <summary>The bytes of all blocks together.</summary>
    public long LengthBytes => BlockSize * BlockCount;
}
