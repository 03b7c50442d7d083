-- Replace this by what masks your tables. It runs again whenever the data is new.
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE dbo.Customers SET
  Email = CONCAT('customer', CustomerId, '@example.com'),
  FullName = CONCAT('Customer ', CustomerId),
  Phone = NULL;
COMMIT;
