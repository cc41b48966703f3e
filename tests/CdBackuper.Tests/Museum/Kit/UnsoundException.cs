namespace CdBackuper.Tests.Museum;

/// <summary>A reading that ended, but gave what no caller can live with.</summary>
internal sealed class UnsoundException(string message) : Exception(message);
