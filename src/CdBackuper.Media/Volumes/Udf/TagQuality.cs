namespace CdBackuper.Media.Volumes.Udf;

/// <summary>How far a descriptor can be trusted; the better one of two copies is the greater.</summary>
internal enum TagQuality
{
    /// <summary>No descriptor: both checks fail.</summary>
    Invalid,

    /// <summary>One of the two checks fails: some of its bytes are not what was written.</summary>
    Flawed,

    /// <summary>Whole, but it says that it lies elsewhere: it may be an old one, or a careless writer's.</summary>
    Misplaced,

    /// <summary>Whole and where it should be.</summary>
    Sound,
}
