namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The kinds of descriptors (ECMA-167 3/7.2.1, 4/7.2.1) that this reader looks at.</summary>
internal enum TagId : ushort
{
    SparingTable = 0, // UDF 1.50 §2.2.11
    PrimaryVolume = 1,
    Anchor = 2,
    VolumePointer = 3,
    ImplementationUse = 4,
    Partition = 5,
    LogicalVolume = 6,
    Terminating = 8,
    Integrity = 9,
    FileSet = 256,
    FileIdentifier = 257,
    AllocationExtent = 258,
    IndirectEntry = 259,
    TerminalEntry = 260,
    FileEntry = 261,
    SpaceBitmap = 264,
    ExtendedAttributes = 262,
    ExtendedFileEntry = 266,
}
