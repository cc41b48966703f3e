namespace CdBackuper.Notices;

/// <summary>A picture of a notice.</summary>
/// <param name="FileName">ASCII, with its ending; unlike that of the notice's other pictures.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Description">For those who can't see it.</param>
internal sealed record NoticePicture(string FileName, byte[] Bytes, string Description);
