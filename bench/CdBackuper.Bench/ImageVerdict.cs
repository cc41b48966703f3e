namespace CdBackuper.Bench;

/// <summary>How our reading of an image compares with the kernel's.</summary>
internal enum ImageVerdict
{
    /// <summary>Names, kinds, sizes and contents are the same.</summary>
    Right,

    /// <summary>They differ only where ExplainedDifferences has a reason.</summary>
    Explained,

    /// <summary>Some names are right.</summary>
    Partly,

    /// <summary>No name is right, or there is no volume of the kind.</summary>
    Wrong,

    /// <summary>There is no sound listing to compare with; our reader came to an end.</summary>
    Ended,

    /// <summary>Our reader did not end within <see cref="ReaderTable.LimitSeconds"/>.</summary>
    Hang,

    /// <summary>Our reader threw.</summary>
    Crash,
}
