namespace VoucherFunctions.Registrations;

/// <summary>
/// Makes what tells one activation link from every other, a random nonce. A service, so that a simulation can be repeated: of links that end in the same second
/// the timer looks at that of the lesser nonce first.
/// </summary>
public delegate string NewActivationNonce();
