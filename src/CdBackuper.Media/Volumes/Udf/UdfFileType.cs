namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What an ICB describes (ECMA-167 4/14.6.6, UDF 2.60 §2.3.5.2). Any other number is read as a file.</summary>
internal enum UdfFileType : byte
{
    Unspecified = 0,
    Directory = 4,
    Regular = 5,
    BlockDevice = 6,
    CharacterDevice = 7,
    Pipe = 9,
    Socket = 10,
    SymbolicLink = 12,
    StreamDirectory = 13,
    VirtualAllocationTable = 248,
    RealTime = 249,
    Metadata = 250,
    MetadataMirror = 251,
}
