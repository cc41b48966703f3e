namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What an extent is: the two high bits of its length (ECMA-167 4/14.14.1.1).</summary>
internal enum AllocationKind
{
    Recorded = 0,

    /// <summary>Room is kept for it, but nothing was written: it reads as zeros.</summary>
    NotRecorded = 1,

    /// <summary>A hole: it reads as zeros.</summary>
    NotAllocated = 2,

    /// <summary>It holds further allocation descriptors.</summary>
    Continuation = 3,
}
