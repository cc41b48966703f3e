namespace CdBackuper.Labels;

/// <summary>How far a reply was done. Each step may be done again, and changes nothing then.</summary>
internal enum ReplyState
{
    /// <summary>Judged, and the label is written, where it is one.</summary>
    Labelled,

    /// <summary>It has its mark.</summary>
    Reacted,

    /// <summary>It has its answer, or gets none: nothing is left to do.</summary>
    Replied,
}
