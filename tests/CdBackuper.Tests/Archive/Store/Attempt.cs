using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Archive.Store;

/// <summary>One attempt in the life of a disc.</summary>
/// <param name="Lost">What the drive can't read of it.</param>
/// <param name="SectorsLess">So much shorter the drive says the disc is.</param>
/// <param name="GoesOn">True to go on with the image; false where it was lost and the disc is read anew.</param>
/// <param name="IsTwin">True for a second copy of the disc, on another node that does not have the first one's image.</param>
/// <param name="Cut">Where the power goes.</param>
/// <param name="At">At which file, where that matters.</param>
internal sealed record Attempt(ByteSet Lost, int SectorsLess, bool GoesOn, bool IsTwin, Cut Cut, int At);
